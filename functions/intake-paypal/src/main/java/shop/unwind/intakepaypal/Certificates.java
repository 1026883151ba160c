package shop.unwind.intakepaypal;

import shop.unwind.function.BadRequest;
import shop.unwind.http.Call;
import shop.unwind.http.Http;
import shop.unwind.problem.Misconfigured;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * PayPal's signing certificates, fetched once per address, and only from addresses of PayPal's:
 * anybody can name another, and anybody can sign.
 */
final class Certificates {
    private static final String FOLDER = "/v1/notifications/certs/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** UNCONFIRMED beyond genuine deliveries: live and sandbox differ in what stands between. */
    private static final Pattern SUBJECT =
            Pattern.compile("(^|.*,)CN=messageverificationcerts[a-z.]*\\.paypal\\.com(,.*|$)");

    /** PayPal uses one at a time and changes it once a year. */
    private static final int MOST = 8;

    private final Map<String, List<X509Certificate>> fetched = new ConcurrentHashMap<>();

    /**
     * The key of the certificate at this address.
     *
     * @throws BadRequest 401 when it is not PayPal's, or not valid now
     */
    PublicKey key(String url, Trust trust, Instant now) {
        var origin =
                trust.origins().stream()
                        .filter(each -> url.startsWith(each + FOLDER))
                        .filter(each -> isName(url.substring((each + FOLDER).length())))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new BadRequest(
                                                401, "a certificate URL of PayPal's was expected"));
        var chain = chain(origin, url);
        var leaf =
                chain.stream()
                        .filter(Certificates::isPayPals)
                        .findFirst()
                        .orElseThrow(Certificates::untrusted);
        if (!isTrusted(leaf, chain, anchors(trust), now)) throw untrusted();
        return leaf.getPublicKey();
    }

    private List<X509Certificate> chain(String origin, String url) {
        var known = fetched.get(url);
        if (known != null) return known;
        var chain = fetch(origin, url.substring(origin.length()));
        if (fetched.size() >= MOST) fetched.clear();
        fetched.put(url, chain);
        return chain;
    }

    /** What PayPal does not have is a forgery; while it cannot be asked it must send again. */
    private static List<X509Certificate> fetch(String origin, String path) {
        var reply = new Http(origin).send(Call.get(path));
        if (reply.status() / 100 == 4) throw untrusted();
        if (reply.status() / 100 != 2) throw Http.problem(reply);
        try {
            return parse(reply.body());
        } catch (CertificateException unreadable) {
            throw untrusted();
        }
    }

    private static List<X509Certificate> parse(byte[] file) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(file))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static boolean isPayPals(X509Certificate certificate) {
        return SUBJECT.matcher(certificate.getSubjectX500Principal().getName()).matches();
    }

    /** Without asking whether it was revoked: that would be a call to a third party each time. */
    private static boolean isTrusted(
            X509Certificate leaf,
            List<X509Certificate> chain,
            Set<TrustAnchor> anchors,
            Instant now) {
        try {
            var target = new X509CertSelector();
            target.setCertificate(leaf);
            var wanted = new PKIXBuilderParameters(anchors, target);
            wanted.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            wanted.setRevocationEnabled(false);
            wanted.setDate(Date.from(now));
            CertPathBuilder.getInstance("PKIX").build(wanted);
            return true;
        } catch (GeneralSecurityException untrusted) {
            return false;
        }
    }

    private static Set<TrustAnchor> anchors(Trust trust) {
        try {
            var roots =
                    trust.anchor().isPresent()
                            ? parse(Base64.getMimeDecoder().decode(trust.anchor().get())).stream()
                            : roots();
            return roots.map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new Misconfigured(
                    "store document: platforms.paypal.trustAnchor: a certificate in Base64");
        }
    }

    private static Stream<X509Certificate> roots() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()));
    }

    private static BadRequest untrusted() {
        return new BadRequest(401, "a certificate of PayPal's was expected");
    }
}
