package shop.unwind.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sendgrid.Client;
import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.SendGrid;
import com.sendgrid.helpers.mail.Mail;
import com.sendgrid.helpers.mail.objects.Content;
import com.sendgrid.helpers.mail.objects.Email;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class SendGridTest {
    private static final String MAIL =
            """
            {"personalizations":[{"to":[{"email":"buyer@example.com"}],
               "dynamic_template_data":{"orderNumber":"1001"},"custom_args":{"case":"1"}}],
             "from":{"email":"orders@example.com","name":"Acme"},"subject":"Cancelled",
             "content":[{"type":"text/plain","value":"Hello"}]}\
            """;

    private final Sandbox sandbox = Sandbox.start(0, SandboxOptions.defaults());
    private final TestingClient client = new TestingClient(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void library_shouldSend_whenItsHostIsTheSandbox() throws Exception {
        for (var host : new String[] {"127.0.0.1:%d", "127.0.0.1:%d/sendgrid"}) {
            var library =
                    new SendGrid(Secrets.of("sendgrid").path("apiKey").asText(), new Client(true));
            library.setHost(host.formatted(sandbox.port()));
            var request = new Request();
            request.setMethod(Method.POST);
            request.setEndpoint("mail/send");
            request.setBody(
                    new Mail(
                                    new Email("orders@example.com"),
                                    "Cancelled",
                                    new Email("buyer@example.com"),
                                    new Content("text/plain", "Hello"))
                            .build());

            var reply = library.api(request);

            assertThat(reply.getStatusCode()).as(reply.getBody()).isEqualTo(202);
            assertThat(reply.getHeaders()).containsKeys("X-message-id", "X-ratelimit-limit");
        }
        assertThat(client.state("sendgrid").path("outbox").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"personalizations\":[{ | \"x\":[{ | x",
                "\"to\":[{\"email\":\"buyer@example.com\"}] | \"to\":[] | personalizations.0.to",
                "buyer@example.com | buyer | personalizations.0.to.0.email",
                "orders@example.com | orders | from.email",
                "\"from\": | \"sender\": | sender",
                "\"subject\":\"Cancelled\" | \"subject\":\"\" | subject",
                "\"value\":\"Hello\" | \"value\":\"\" | content.0.value",
                "\"case\":\"1\" | \"case\":1 | personalizations.0.custom_args.case",
                "{\"orderNumber\":\"1001\"} | [] | personalizations.0.dynamic_template_data",
                "\"subject\": | \"template_id\":\"x\",\"subject\": | template_id"
            })
    void mail_shouldBeRefused_whenAFieldIsWrong(String part, String wrong, String field) {
        var reply = client.sendGrid("POST", "/v3/mail/send", MAIL.replace(part, wrong));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(client.state("sendgrid").path("outbox").size()).isZero();
    }

    @Test
    void mail_shouldOnlyBeChecked_inSandboxMode() {
        var sandboxed =
                MAIL.replaceFirst(
                        "\"subject\"",
                        "\"mail_settings\":{\"sandbox_mode\":{\"enable\":true}},\"subject\"");

        var reply = client.sendGrid("POST", "/v3/mail/send", sandboxed);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(client.state("sendgrid").path("outbox").size()).isZero();
    }

    @Test
    void errors_shouldHaveSendGridsShape() {
        var stranger =
                client.send(
                        "POST",
                        "/sendgrid/v3/mail/send",
                        Map.of("Authorization", "Bearer SG.other"),
                        MAIL);
        var unverified =
                client.sendGrid(
                        "POST",
                        "/v3/mail/send",
                        MAIL.replace("orders@example.com", "orders@unverified.test"));
        var wrongMethod = client.sendGrid("GET", "/v3/mail/send", "");
        var noTemplate = client.sendGrid("GET", "/v3/templates/d-1", "");
        var template =
                client.sendGrid("GET", "/v3/templates/d-0123456789abcdef0123456789abcdef", "");

        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.at("/errors/0/field").isNull()).isTrue();
        assertThat(unverified.status()).isEqualTo(403);
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(noTemplate.status()).isEqualTo(404);
        assertThat(template.at("/versions/0/active").asInt()).isEqualTo(1);
    }
}
