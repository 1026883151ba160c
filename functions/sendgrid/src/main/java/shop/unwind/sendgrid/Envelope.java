package shop.unwind.sendgrid;

import com.sendgrid.helpers.mail.Mail;
import com.sendgrid.helpers.mail.objects.ClickTrackingSetting;
import com.sendgrid.helpers.mail.objects.Content;
import com.sendgrid.helpers.mail.objects.Email;
import com.sendgrid.helpers.mail.objects.OpenTrackingSetting;
import com.sendgrid.helpers.mail.objects.Personalization;
import com.sendgrid.helpers.mail.objects.TrackingSettings;

import shop.unwind.connector.Platform;
import shop.unwind.domain.Personal;
import shop.unwind.domain.Plan.Audience;
import shop.unwind.once.Attempt;
import shop.unwind.words.Letter;

import java.util.Locale;
import java.util.Optional;

/** Puts a letter into SendGrid's JSON. */
final class Envelope {
    private final Platform platform;

    Envelope(Platform platform) {
        this.platform = platform;
    }

    Mail around(Letter letter, Personal to, Attempt attempt) {
        var mail = new Mail();
        mail.setFrom(from());
        platform.optional("replyTo").map(Email::new).ifPresent(mail::setReplyTo);
        var person = person(letter, to, attempt);
        mail.addPersonalization(person);
        template(letter.audience())
                .ifPresentOrElse(id -> fill(mail, person, id, letter), () -> write(mail, letter));
        // Without it an autoresponder's answer to this mail would be answered in turn.
        mail.addHeader("Auto-Submitted", "auto-replied");
        mail.addHeader("X-Unwind-Case", letter.about().toString());
        mail.setTrackingSettings(untracked());
        return mail;
    }

    private Email from() {
        var address = platform.setting("from");
        return platform.optional("fromName")
                .map(name -> new Email(address, name))
                .orElseGet(() -> new Email(address));
    }

    private Optional<String> template(Audience audience) {
        var key = audience.name().toLowerCase(Locale.ROOT);
        return Optional.of(platform.settings().path("templates").path(key).asText(""))
                .filter(id -> !id.isBlank());
    }

    /** The custom arguments come back with SendGrid's events. */
    private static Personalization person(Letter letter, Personal to, Attempt attempt) {
        var person = new Personalization();
        person.addTo(new Email(to.value()));
        person.addCustomArg("case", letter.about().toString());
        person.addCustomArg("step", attempt.mark());
        return person;
    }

    /**
     * What a template can show: {@code order}, {@code subject}, {@code text}, {@code paragraphs}.
     */
    private static void fill(Mail mail, Personalization person, String template, Letter letter) {
        mail.setTemplateId(template);
        person.addDynamicTemplateData("order", letter.about().order().number());
        person.addDynamicTemplateData("subject", letter.subject());
        person.addDynamicTemplateData("text", letter.text());
        person.addDynamicTemplateData("paragraphs", letter.paragraphs());
    }

    private static void write(Mail mail, Letter letter) {
        mail.setSubject(letter.subject());
        mail.addContent(new Content("text/plain", letter.text()));
        mail.addContent(new Content("text/html", Html.of(letter)));
    }

    private static TrackingSettings untracked() {
        var clicks = new ClickTrackingSetting();
        clicks.setEnable(false);
        clicks.setEnableText(false);
        var opens = new OpenTrackingSetting();
        opens.setEnable(false);
        var settings = new TrackingSettings();
        settings.setClickTrackingSetting(clicks);
        settings.setOpenTrackingSetting(opens);
        return settings;
    }
}
