package shop.unwind.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Slack's Web API for one workspace and one bot. Errors come with HTTP 200. Channels: {@code
 * C0123ABCD} and {@code C0456EFGH}; {@code C0ARCHIVED} is archived, the bot is not in {@code
 * C0PRIVATE}. People: {@code U0111} and {@code U0222}.
 */
final class Slack implements Platform {
    private static final Map<String, String> CHANNELS =
            Map.of(
                    "C0123ABCD", "refunds",
                    "C0456EFGH", "orders",
                    "C0ARCHIVED", "old-refunds",
                    "C0PRIVATE", "management");
    private static final Map<String, String> PEOPLE = Map.of("U0111", "sam", "U0222", "kim");
    private static final String TEAM = "T0ACME001";
    private static final String BOT_USER = "U0UNWIND1";
    private static final String BOT = "B0UNWIND1";
    private static final String MESSAGES = "messages";
    private static final String RESPONSE_URLS = "response_urls";

    /** The word of an error, and what more Slack says of it. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<String> details;

        Refused(String error, List<String> details) {
            super(error);
            this.details = details;
        }

        Refused(String error) {
            this(error, List.of());
        }
    }

    private final Stage stage;
    private final State state;
    private final Map<String, RateLimit> rates = new ConcurrentHashMap<>();
    private final Routes routes = new Routes();

    Slack(Stage stage) {
        this.stage = stage;
        this.state = stage.state();
        write("chat.postMessage", this::post);
        write("chat.update", this::update);
        read("conversations.history", this::history);
        read("conversations.replies", this::replies);
        read("conversations.info", this::channelInfo);
        read("auth.test", _ -> identity());
        routes.on("POST", "/actions/{team}/{message}/{token}", "response_url", this::respond);
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Answer> refuse(Call call) {
        if (!call.path().startsWith("/api/")) return Optional.empty();
        var token = call.bearer();
        if (token.isEmpty()) return Optional.of(error("not_authed"));
        if (!token.get().equals(stage.secret().path("botToken").asText()))
            return Optional.of(error("invalid_auth"));
        return stage.limited() && !rate(call).take(1) ? Optional.of(throttled()) : Optional.empty();
    }

    @Override
    public Answer unknown(Call call) {
        if (!call.path().startsWith("/api/")) return Answer.empty(404);
        var body = Json.of("ok", false, "error", "unknown_method");
        return Answer.json(200, body.put("req_method", call.path().substring(5)));
    }

    @Override
    public Answer broken() {
        return error("internal_error").status(500);
    }

    @Override
    public Answer throttled() {
        return error("ratelimited").status(429).with("Retry-After", "1");
    }

    /**
     * {@code press} a button: {@code channel}, {@code action_id}, and {@code ts} or {@code value};
     * {@code command}: {@code text}. Both take {@code user} and {@code path}, and answer the HTTP
     * status they got. {@code lock} a message, by {@code channel} and {@code ts}: nobody may edit
     * it any more.
     */
    @Override
    public JsonNode act(List<String> path, Fields input) {
        if (path.getFirst().equals("lock")) return stage.alone(() -> lock(input));
        var user = input.text("user", "U0111");
        var to = input.text("path", "webhooks/slack");
        var form =
                switch (path.getFirst()) {
                    case "press" -> stage.alone(() -> press(input, user));
                    case "command" -> command(input, user);
                    default -> throw new Fields.Invalid("path: expected press, command or lock");
                };
        input.nothingElse();
        return deliver(to, Form.encode(form));
    }

    private JsonNode lock(Fields input) {
        var place = input.text("channel") + " " + input.text("ts");
        input.nothingElse();
        var message =
                state.get(MESSAGES, place)
                        .orElseThrow(() -> new Fields.Invalid("no message at " + place));
        state.put(MESSAGES, place, message.put("locked", true));
        return message;
    }

    private JsonNode deliver(String path, String body) {
        var address =
                stage.webhookAddress(path)
                        .orElseThrow(() -> new Fields.Invalid("the sandbox sends no webhooks"));
        var delivery = Json.of("uri", address.toString(), "body", body);
        try {
            return Json.of("status", stage.webhooks().post(delivery, this::sign));
        } catch (IOException failure) {
            return Json.of("status", 0, "error", String.valueOf(failure.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Map<String, String> sign(JsonNode delivery, Instant at) {
        var time = String.valueOf(at.getEpochSecond());
        var signed = "v0:" + time + ":" + delivery.path("body").asText();
        var secret = stage.secret().path("signingSecret").asText();
        return Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "User-Agent",
                "Slackbot 1.0 (+https://api.slack.com/robots)",
                "X-Slack-Request-Timestamp",
                time,
                "X-Slack-Signature",
                "v0=" + Signature.hex(secret, signed));
    }

    private Map<String, String> press(Fields input, String user) {
        var channel = input.text("channel");
        var action = input.text("action_id");
        var ts = input.optionalText("ts");
        var value = input.optionalText("value");
        for (var message : messages(channel).toList().reversed())
            for (var block : message.path("blocks"))
                for (var element : block.path("elements"))
                    if (element.path("action_id").asText().equals(action)
                            && ts.map(message.path("ts").asText()::equals).orElse(true)
                            && value.map(element.path("value").asText()::equals).orElse(true))
                        return Map.of("payload", press(message, block, element, user).toString());
        throw new Fields.Invalid("no such button in " + channel);
    }

    private ObjectNode press(JsonNode message, JsonNode block, JsonNode element, String user) {
        var channel = message.path("channel").asText();
        var number = stage.next("presses");
        var now = stage.now();
        var shown = shown(message, true);
        state.put(
                RESPONSE_URLS,
                String.valueOf(number),
                Json.of(
                        "channel",
                        channel,
                        "ts",
                        message.path("ts"),
                        "until",
                        now.plus(Duration.ofMinutes(30)).toString(),
                        "left",
                        5));
        var action =
                Json.of(
                        "type", "button",
                        "action_id", element.path("action_id"),
                        "block_id", block.path("block_id"),
                        "text", element.path("text"),
                        "value", element.path("value"),
                        "action_ts", ts(now, number));
        return Json.of(
                "type",
                "block_actions",
                "user",
                person(user),
                "api_app_id",
                "A0333",
                "token",
                "legacy",
                "trigger_id",
                number + ".222.sandbox",
                "team",
                Json.of("id", TEAM, "domain", "acme"),
                "container",
                Json.of(
                        "type",
                        "message",
                        "message_ts",
                        message.path("ts"),
                        "channel_id",
                        channel,
                        "is_ephemeral",
                        false),
                "channel",
                Json.of("id", channel, "name", CHANNELS.getOrDefault(channel, "")),
                "message",
                shown,
                "state",
                Json.of("values", Json.of()),
                "response_url",
                stage.base() + "/actions/" + TEAM + "/" + number + "/sandbox",
                "actions",
                List.of(action));
    }

    private Map<String, String> command(Fields input, String user) {
        var channel = input.text("channel", "C0123ABCD");
        var form = new TreeMap<String, String>();
        form.put("token", "legacy");
        form.put("team_id", TEAM);
        form.put("team_domain", "acme");
        form.put("channel_id", channel);
        form.put("channel_name", CHANNELS.getOrDefault(channel, ""));
        form.put("user_id", user);
        form.put("user_name", PEOPLE.getOrDefault(user, user));
        form.put("command", input.text("command", "/cancel-order"));
        form.put("text", input.text("text"));
        form.put("api_app_id", "A0333");
        form.put("is_enterprise_install", "false");
        form.put("response_url", stage.base() + "/actions/" + TEAM + "/0/sandbox");
        form.put("trigger_id", stage.next("commands") + ".222.sandbox");
        return form;
    }

    private ObjectNode post(JsonNode wish) {
        var channel = writable(wish);
        var message = content(wish, Json.of());
        Json.text(wish, "thread_ts").ifPresent(parent -> message.put("thread_ts", parent));
        if (message.has("thread_ts") && find(channel, message.path("thread_ts").asText()).isEmpty())
            throw new Refused("cannot_reply_to_message");
        var now = stage.now();
        var ts = ts(now, stage.next(MESSAGES));
        message.put("type", "message")
                .put("user", BOT_USER)
                .put("bot_id", BOT)
                .put("team", TEAM)
                .put("channel", channel)
                .put("ts", ts);
        state.put(MESSAGES, channel + " " + ts, message);
        return ok("channel", channel, "ts", ts, "message", shown(message, true));
    }

    private ObjectNode update(JsonNode wish) {
        var channel = writable(wish);
        var ts = Json.text(wish, "ts").orElse("");
        var message = find(channel, ts).orElseThrow(() -> new Refused("message_not_found"));
        if (message.has("locked")) throw new Refused("edit_window_closed");
        var changed = content(wish, message);
        changed.set("edited", Json.of("user", BOT_USER, "ts", ts(stage.now(), 0)));
        state.put(MESSAGES, channel + " " + ts, changed);
        var shown = shown(changed, true);
        return ok("channel", channel, "ts", ts, "text", shown.path("text"), "message", shown);
    }

    /** The message with the new content taken over. */
    private static ObjectNode content(JsonNode wish, ObjectNode message) {
        var markdown = Json.text(wish, "markdown_text");
        if (markdown.isPresent() && (wish.has("text") || wish.has("blocks")))
            throw new Refused("markdown_text_conflict");
        var text = markdown.or(() -> Json.text(wish, "text")).orElse("");
        if (markdown.filter(words -> words.length() > 12_000).isPresent())
            throw new Refused("msg_too_long");
        var blocks = nested(wish, "blocks", "invalid_blocks_format");
        if (blocks.isPresent() && !blocks.get().isArray())
            throw new Refused("invalid_blocks_format");
        var complaints = blocks.map(BlockKit::complaints).orElse(List.of());
        if (!complaints.isEmpty()) throw new Refused("invalid_blocks", complaints);
        if (text.isEmpty()
                && blocks.filter(some -> !some.isEmpty()).isEmpty()
                && !wish.has("attachments")) throw new Refused("no_text");
        message.put("text", text.substring(0, Math.min(40_000, text.length())));
        blocks.ifPresent(some -> message.set("blocks", some));
        nested(wish, "metadata", "invalid_metadata_format")
                .ifPresent(metadata -> message.set("metadata", checked(metadata)));
        return message;
    }

    private static JsonNode checked(JsonNode metadata) {
        if (!metadata.path("event_type").isTextual() || !metadata.path("event_payload").isObject())
            throw new Refused("invalid_metadata_format");
        if (Json.bytes(metadata).length > 8_000) throw new Refused("metadata_too_large");
        return metadata;
    }

    /** In a form, what is nested comes as a text of JSON. */
    private static Optional<JsonNode> nested(JsonNode wish, String name, String error) {
        var value = Optional.ofNullable(wish.get(name)).filter(node -> !node.isNull());
        if (value.isEmpty() || !value.get().isTextual()) return value;
        return Optional.of(Json.parse(value.get().asText()).orElseThrow(() -> new Refused(error)));
    }

    private ObjectNode history(JsonNode query) {
        var channel = readable(query);
        var found =
                messages(channel)
                        .filter(message -> !isReply(message))
                        .filter(message -> within(message, query))
                        .toList()
                        .reversed();
        return page(found, query, 100)
                .put("pin_count", 0)
                .put("channel_actions_count", 0)
                .putNull("channel_actions_ts");
    }

    private ObjectNode replies(JsonNode query) {
        var channel = readable(query);
        var ts = Json.text(query, "ts").orElse("");
        var parent = find(channel, ts).orElseThrow(() -> new Refused("thread_not_found"));
        var replies =
                messages(channel)
                        .filter(
                                message ->
                                        isReply(message)
                                                && message.path("thread_ts").asText().equals(ts))
                        .filter(message -> within(message, query))
                        .map(reply -> reply.put("parent_user_id", BOT_USER))
                        .toList();
        parent.put("thread_ts", ts).put("reply_count", replies.size()).put("subscribed", false);
        return page(Stream.concat(Stream.of(parent), replies.stream()).toList(), query, 1000);
    }

    private ObjectNode page(List<ObjectNode> found, JsonNode query, int usual) {
        var from =
                Integer.parseInt(
                        Json.text(query, "cursor").filter(c -> c.matches("\\d{1,9}")).orElse("0"));
        var limit = Json.text(query, "limit").filter(text -> text.matches("\\d{1,4}"));
        var size = limit.map(Integer::parseInt).filter(number -> number > 0).orElse(usual);
        var metadata = Json.text(query, "include_all_metadata").orElse("").matches("true|1");
        var more = found.size() > from + size;
        var page = found.stream().skip(from).limit(size).map(message -> shown(message, metadata));
        var answer = ok("messages", Json.array(page), "has_more", more);
        if (more)
            answer.set("response_metadata", Json.of("next_cursor", String.valueOf(from + size)));
        return answer;
    }

    private ObjectNode channelInfo(JsonNode query) {
        var channel = readable(query);
        return ok(
                "channel",
                Json.of(
                        "id",
                        channel,
                        "name",
                        CHANNELS.getOrDefault(channel, ""),
                        "name_normalized",
                        CHANNELS.getOrDefault(channel, ""),
                        "created",
                        1_790_000_000,
                        "creator",
                        "U0111",
                        "is_archived",
                        channel.equals("C0ARCHIVED"),
                        "is_channel",
                        true,
                        "is_general",
                        false,
                        "is_member",
                        true,
                        "is_private",
                        false));
    }

    private ObjectNode identity() {
        return ok(
                "url",
                "https://acme.slack.com/",
                "team",
                "acme",
                "user",
                "unwind",
                "team_id",
                TEAM,
                "user_id",
                BOT_USER,
                "bot_id",
                BOT,
                "is_enterprise_install",
                false);
    }

    /** Takes an answer to an interaction, five times in half an hour. */
    private Answer respond(Call call) {
        var id = call.part("message");
        var url = state.get(RESPONSE_URLS, id);
        if (url.isEmpty()) return error("invalid_url").status(404);
        if (url.get().path("left").asInt() == 0) return error("used_url").status(404);
        if (Instant.parse(url.get().path("until").asText()).isBefore(stage.now()))
            return error("expired_url").status(404);
        var wish = call.json();
        if (wish.isEmpty()) return error("invalid_payload").status(400);
        state.put(RESPONSE_URLS, id, url.get().put("left", url.get().path("left").asInt() - 1));
        var place = url.get().put("text", Json.text(wish.get(), "text").orElse(""));
        try {
            answerInPlace(place, wish.get());
            return Answer.json(200, Json.of("ok", true));
        } catch (Refused refused) {
            return error(refused);
        }
    }

    private void answerInPlace(ObjectNode place, JsonNode wish) {
        var channel = place.path("channel").asText();
        var key = channel + " " + place.path("ts").asText();
        if (wish.path("delete_original").asBoolean()) state.remove(MESSAGES, key);
        else if (wish.path("replace_original").asBoolean())
            state.get(MESSAGES, key)
                    .ifPresent(message -> state.put(MESSAGES, key, content(wish, message)));
        else post(((ObjectNode) wish).put("channel", channel));
    }

    private void write(String method, Function<JsonNode, ObjectNode> handler) {
        routes.on(
                "POST",
                "/api/" + method,
                method,
                guarded(handler, call -> call.isJson() ? json(call) : call.form()));
    }

    private void read(String method, Function<JsonNode, ObjectNode> handler) {
        var path = "/api/" + method;
        routes.on("GET", path, method, guarded(handler, Call::query));
        // Reads do not look at JSON bodies.
        routes.on(
                "POST",
                path,
                method,
                guarded(handler, call -> call.isJson() ? call.query() : call.form()));
    }

    private static Function<Call, Answer> guarded(
            Function<JsonNode, ObjectNode> handler, Function<Call, JsonNode> arguments) {
        return call -> {
            try {
                return Answer.json(200, handler.apply(arguments.apply(call)));
            } catch (Refused refused) {
                return error(refused);
            }
        };
    }

    private static JsonNode json(Call call) {
        var json = call.json().orElseThrow(() -> new Refused("invalid_json"));
        if (!json.isObject()) throw new Refused("json_not_object");
        return json;
    }

    private static String writable(JsonNode wish) {
        var channel = readable(wish);
        if (channel.equals("C0ARCHIVED")) throw new Refused("is_archived");
        if (channel.equals("C0PRIVATE")) throw new Refused("not_in_channel");
        return channel;
    }

    private static String readable(JsonNode wish) {
        return Json.text(wish, "channel")
                .filter(CHANNELS::containsKey)
                .orElseThrow(() -> new Refused("channel_not_found"));
    }

    private Optional<ObjectNode> find(String channel, String ts) {
        return state.get(MESSAGES, channel + " " + ts);
    }

    private Stream<ObjectNode> messages(String channel) {
        return state.all(MESSAGES).filter(one -> one.path("channel").asText().equals(channel));
    }

    private static boolean isReply(JsonNode message) {
        return message.has("thread_ts") && !message.path("thread_ts").equals(message.path("ts"));
    }

    private static boolean within(JsonNode message, JsonNode query) {
        var ts = message.path("ts").asText();
        var inclusive = Json.text(query, "inclusive").orElse("").matches("true|1") ? 0 : 1;
        return compare(ts, Json.text(query, "oldest").orElse("0")) >= inclusive
                && compare(Json.text(query, "latest").orElse("9999999999"), ts) >= inclusive;
    }

    private static int compare(String ts, String other) {
        try {
            return new BigDecimal(ts).compareTo(new BigDecimal(other));
        } catch (NumberFormatException _) {
            throw new Refused("invalid_ts_oldest");
        }
    }

    private static ObjectNode shown(JsonNode message, boolean metadata) {
        var shown = message.<ObjectNode>deepCopy();
        shown.remove(List.of("channel", "locked"));
        if (!metadata) shown.remove("metadata");
        return shown;
    }

    private static ObjectNode person(String id) {
        return Json.of("id", id, "username", PEOPLE.getOrDefault(id, id), "team_id", TEAM);
    }

    private static String ts(Instant at, long number) {
        return "%d.%06d".formatted(at.getEpochSecond(), number % 1_000_000);
    }

    /** One message a second and channel, 50 reads a minute; both in bursts. */
    private RateLimit rate(Call call) {
        var posts = call.path().equals("/api/chat.postMessage");
        var wish = call.isJson() ? call.json().orElseGet(Json::of) : call.form();
        var what = posts ? "post " + Json.text(wish, "channel").orElse("") : call.path();
        return rates.computeIfAbsent(
                what, _ -> posts ? stage.limit(30, 1) : stage.limit(50, 50 / 60.0));
    }

    private static ObjectNode ok(Object... namesAndValues) {
        return Json.of("ok", true).setAll(Json.of(namesAndValues));
    }

    private static Answer error(Refused refused) {
        var body = Json.of("ok", false, "error", String.valueOf(refused.getMessage()));
        if (!refused.details.isEmpty())
            body.set("response_metadata", Json.of("messages", refused.details));
        return Answer.json(200, body);
    }

    private static Answer error(String word) {
        return error(new Refused(word));
    }
}
