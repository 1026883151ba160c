package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * SendGrid's v3 API. Mail that it accepts stands in the state's {@code outbox} and goes nowhere.
 * Every sender is verified but those at {@code unverified.test}.
 */
final class SendGrid implements Platform {
    private static final int MAX_BYTES = 30 * 1024 * 1024;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+\\.[^@\\s<>]+");
    private static final Pattern TEMPLATE = Pattern.compile("(d-)?[0-9a-f]{32}|[0-9a-f-]{36}");
    private static final String KNOWN_TEMPLATE = "d-0123456789abcdef0123456789abcdef";
    private static final Set<String> MAIL =
            Set.of(
                    "asm",
                    "attachments",
                    "batch_id",
                    "categories",
                    "content",
                    "custom_args",
                    "from",
                    "headers",
                    "ip_pool_name",
                    "mail_settings",
                    "personalizations",
                    "reply_to",
                    "reply_to_list",
                    "sections",
                    "send_at",
                    "subject",
                    "template_id",
                    "tracking_settings");
    private static final Set<String> PERSONALIZATION =
            Set.of(
                    "to",
                    "from",
                    "cc",
                    "bcc",
                    "subject",
                    "headers",
                    "substitutions",
                    "dynamic_template_data",
                    "custom_args",
                    "send_at");

    /** A complaint about one field of a mail. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String field;

        Wrong(String field, String message) {
            super(message);
            this.field = field;
        }
    }

    private final Stage stage;
    private final RateLimit rate;
    private final Routes routes =
            new Routes()
                    .on("POST", "/v3/mail/send", "mail.send", this::send)
                    .on("GET", "/v3/templates", "templates.list", _ -> templates())
                    .on("GET", "/v3/templates/{id}", "templates.get", this::template)
                    .on("GET", "/v3/scopes", "scopes", _ -> scopes());

    SendGrid(Stage stage) {
        this.stage = stage;
        this.rate = stage.limit(10_000, 10_000);
    }

    @Override
    public String name() {
        return "sendgrid";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        var key = call.bearer();
        if (key.isEmpty())
            return Optional.of(error(401, "", "Permission denied, wrong credentials"));
        if (!key.get().equals(stage.secret().path("apiKey").asText()))
            return Optional.of(
                    error(
                            401,
                            "",
                            "The provided authorization grant is invalid, expired, or revoked"));
        if (call.body().length() > MAX_BYTES)
            return Optional.of(error(413, "", "content too large"));
        return stage.limited() && !rate.take(1) ? Optional.of(throttled()) : Optional.empty();
    }

    @Override
    public Answer unknown(Call call) {
        var path = Set.of("/v3/mail/send", "/v3/templates", "/v3/scopes").contains(call.path());
        return path ? error(405, "", "method not allowed") : error(404, "", "not found");
    }

    @Override
    public Answer broken() {
        return error(500, "", "internal server error");
    }

    @Override
    public Answer throttled() {
        return error(429, "", "too many requests").with("X-RateLimit-Remaining", "0");
    }

    /** {@code templates/ID} adds a template. */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.size() != 2 || !path.getFirst().equals("templates"))
            throw new Fields.Invalid("path: expected templates/ID");
        input.nothingElse();
        var id = path.getLast();
        stage.state().put("templates", id, templateJson(id));
        return templateJson(id);
    }

    private Answer send(Call call) {
        if (!call.isJson()) return error(400, "", "Content-Type should be application/json.");
        var json = call.json();
        if (json.isEmpty() || !(json.get() instanceof ObjectNode mail))
            return error(400, "", "Bad Request");
        try {
            check(mail);
        } catch (Wrong wrong) {
            return error(400, wrong.field, String.valueOf(wrong.getMessage()));
        }
        if (mail.at("/from/email").asText().endsWith("@unverified.test"))
            return error(
                    403,
                    "from",
                    "The from address does not match a verified Sender Identity. Mail cannot be"
                            + " sent until this error is resolved.");
        return accept(mail);
    }

    private Answer accept(ObjectNode mail) {
        var id = "unwind" + stage.next("messages");
        if (mail.at("/mail_settings/sandbox_mode/enable").asBoolean())
            return limits(Answer.empty(200));
        var kept = Json.of("id", id, "at", stage.now().toString(), "mail", mail);
        stage.state().put("outbox", id, kept);
        return limits(Answer.empty(202)).with("X-Message-Id", id);
    }

    private void check(ObjectNode mail) {
        known(mail, MAIL, "");
        people(mail);
        var from = mail.path("from");
        if (!from.isObject() || !from.path("email").isTextual())
            throw new Wrong(
                    "from.email",
                    "The from object must be provided for every email send. It is an object that"
                        + " requires the email parameter, but may also contain a name parameter.");
        address(from, "from", "The from email does not contain a valid address.");
        if (mail.has("reply_to") && mail.has("reply_to_list"))
            throw new Wrong(
                    "reply_to_list", "You may only provide one of reply_to or reply_to_list.");
        if (mail.has("reply_to"))
            address(mail.get("reply_to"), "reply_to", "Does not contain a valid address.");
        var template = Json.text(mail, "template_id");
        if (template.isPresent() && !TEMPLATE.matcher(template.get()).matches())
            throw new Wrong(
                    "template_id",
                    "The template_id must be a valid GUID, you provided '" + template.get() + "'.");
        if (template.isEmpty()) words(mail);
        if (mail.has("content")) content(mail.get("content"));
        arguments(mail, "");
        if (mail.path("categories").size() > 10)
            throw new Wrong("categories", "The categories array is limited to 10 items.");
        var latest = stage.now().plus(Duration.ofDays(3)).getEpochSecond();
        if (mail.path("send_at").asLong() > latest)
            throw new Wrong("send_at", "The send_at time cannot be more than 72 hours away.");
    }

    private static void people(ObjectNode mail) {
        var all = mail.path("personalizations");
        if (mail.has("personalizations") && !all.isArray())
            throw new Wrong(
                    "personalizations", "Invalid type. Expected: array, given: " + kind(all));
        if (all.isEmpty())
            throw new Wrong(
                    "personalizations",
                    "The personalizations field is required and must have at least one"
                            + " personalization.");
        if (all.size() > 1000)
            throw new Wrong("personalizations", "There may be at most 1000 personalizations.");
        var recipients = IntStream.range(0, all.size()).map(at -> person(all.get(at), at)).sum();
        if (recipients > 1000)
            throw new Wrong("personalizations", "There may be at most 1000 recipients.");
    }

    /** The number of recipients. */
    private static int person(JsonNode one, int at) {
        var path = "personalizations." + at;
        known(one, PERSONALIZATION, path + ".");
        if (one.path("to").isEmpty())
            throw new Wrong(
                    path + ".to",
                    "The to array is required for all personalization objects, and must have at"
                            + " least one email object with a valid email address.");
        var seen = new HashSet<String>();
        for (var list : List.of("to", "cc", "bcc"))
            for (var i = 0; i < one.path(list).size(); i++) {
                var field = path + "." + list + "." + i;
                var who = one.get(list).get(i);
                address(who, field, "Does not contain a valid address.");
                if (!seen.add(who.path("email").asText()))
                    throw new Wrong(
                            path + "." + list,
                            "Each email address in the personalization block should be unique"
                                    + " between to, cc, and bcc.");
            }
        if (one.has("dynamic_template_data") && !one.get("dynamic_template_data").isObject())
            throw new Wrong(
                    path + ".dynamic_template_data",
                    "Invalid type. Expected: object, given: "
                            + kind(one.get("dynamic_template_data")));
        arguments(one, path + ".");
        return seen.size();
    }

    private static void words(ObjectNode mail) {
        if (mail.path("content").isEmpty())
            throw new Wrong(
                    "content",
                    "Unless a valid template_id is provided, the content parameter is required."
                            + " There must be at least one defined content block.");
        var everyOne =
                Json.stream(mail.get("personalizations"))
                        .allMatch(one -> !one.path("subject").asText().isEmpty());
        if (mail.path("subject").asText().isEmpty() && !everyOne)
            throw new Wrong(
                    "subject",
                    "The subject is required. You can get around this requirement if you use a"
                            + " template with a subject defined or if every personalization has a"
                            + " subject defined.");
    }

    private static void content(JsonNode content) {
        for (var at = 0; at < content.size(); at++) {
            var path = "content." + at;
            if (content.get(at).path("type").asText().isEmpty())
                throw new Wrong(path + ".type", "The content type must be a string.");
            if (content.get(at).path("value").asText().isEmpty())
                throw new Wrong(
                        path + ".value",
                        "The content value must be a string at least one character in length.");
            if (at > 0 && content.get(at).path("type").asText().equals("text/plain"))
                throw new Wrong(
                        "content", "If included, text/plain must be the first content block.");
        }
    }

    private static void arguments(JsonNode holder, String path) {
        var arguments = holder.path("custom_args");
        arguments
                .properties()
                .forEach(
                        argument -> {
                            if (!argument.getValue().isTextual())
                                throw new Wrong(
                                        path + "custom_args." + argument.getKey(),
                                        "Invalid type. Expected: string, given: "
                                                + kind(argument.getValue()));
                        });
        if (Json.bytes(arguments).length > 10_000)
            throw new Wrong(path + "custom_args", "The custom_args may be at most 10,000 bytes.");
    }

    private static void address(JsonNode who, String field, String complaint) {
        if (!who.path("email").isTextual() || !EMAIL.matcher(who.get("email").asText()).matches())
            throw new Wrong(field + ".email", complaint);
        known(who, Set.of("email", "name"), field + ".");
    }

    private static void known(JsonNode object, Set<String> allowed, String path) {
        object.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!allowed.contains(name))
                                throw new Wrong(
                                        path + name,
                                        "Additional property " + name + " is not allowed");
                        });
    }

    private static String kind(JsonNode node) {
        return node.isIntegralNumber()
                ? "integer"
                : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private Answer template(Call call) {
        var id = call.part("id");
        var template =
                stage.state()
                        .get("templates", id)
                        .or(
                                () ->
                                        Optional.of(templateJson(id))
                                                .filter(_ -> id.equals(KNOWN_TEMPLATE)));
        return template.map(found -> limits(Answer.json(200, found)))
                .orElseGet(() -> error(404, "template_id", "template not found"));
    }

    private Answer templates() {
        var added = stage.state().all("templates").toList();
        var all = added.isEmpty() ? List.of(templateJson(KNOWN_TEMPLATE)) : added;
        return limits(Answer.json(200, Json.of("result", all)));
    }

    private static ObjectNode templateJson(String id) {
        var version =
                Json.of(
                        "id", "40da60e6-66f3-4223-9406-ba58b7f55a62",
                        "template_id", id,
                        "active", 1,
                        "name", "current",
                        "subject", "{{subject}}",
                        "updated_at", "2026-11-01 10:00:00");
        return Json.of(
                "id", id,
                "name", "Sandbox",
                "generation", "dynamic",
                "updated_at", "2026-11-01 10:00:00",
                "versions", List.of(version));
    }

    private Answer scopes() {
        return limits(Answer.json(200, Json.of("scopes", List.of("mail.send", "templates.read"))));
    }

    private Answer error(int status, String field, String message) {
        var error =
                Json.of("message", message, "field", Optional.of(field).filter(f -> !f.isEmpty()));
        return limits(Answer.json(status, Json.of("errors", List.of(error)))).unkept();
    }

    private Answer limits(Answer answer) {
        return answer.with("X-RateLimit-Limit", "10000")
                .with("X-RateLimit-Remaining", String.valueOf((long) rate.available()))
                .with("X-RateLimit-Reset", String.valueOf(stage.now().getEpochSecond() + 1));
    }
}
