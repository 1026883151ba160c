package shop.unwind.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import shop.unwind.cases.Approval;
import shop.unwind.domain.CaseId;
import shop.unwind.domain.Decision.Hold;
import shop.unwind.domain.Personal;
import shop.unwind.json.Json;
import shop.unwind.once.Attempt;
import shop.unwind.words.Button;
import shop.unwind.words.Letter;
import shop.unwind.words.Quote;

import java.util.List;
import java.util.Optional;

/**
 * A message in Block Kit (docs.slack.dev/block-kit).
 *
 * @param text what notifications show
 * @param metadata readable by everybody in the workspace: no personal data
 */
record Message(String text, ArrayNode blocks, ObjectNode metadata) {
    /** Slack takes 50 blocks; two are ours. */
    private static final int PARAGRAPHS = 45;

    static Message of(Letter letter) {
        var subject =
                (letter.urgent() ? ":rotating_light: " : "") + Mrkdwn.escape(letter.subject());
        var blocks = JsonNodeFactory.instance.arrayNode();
        section(blocks, "*" + subject + "*");
        paragraphs(letter).forEach(paragraph -> plainSection(blocks, paragraph));
        letter.button().ifPresent(button -> buttons(blocks).add(button(button)));
        return new Message(subject, blocks, Json.object());
    }

    private static ObjectNode button(Button button) {
        return switch (button) {
            case Button.RunAgain(var id) -> button("run_again", "Run again", id.toString());
            case Button.GoOn(var pause) -> button("go_on", "Go on", Integer.toString(pause));
        };
    }

    static Message asking(CaseId id, Hold hold, Optional<Personal> reason) {
        var question = Mrkdwn.escape(hold.question());
        var blocks = JsonNodeFactory.instance.arrayNode();
        section(blocks, "*Order " + id.order().number() + "*\n" + question);
        reason.map(Quote::of).ifPresent(quote -> plainSection(blocks, quote));
        var value = id + " " + hold.approval();
        var buttons = buttons(blocks);
        buttons.add(approve(hold, value));
        buttons.add(button("reject_cancellation", "Reject", value).put("style", "danger"));
        return new Message(question, blocks, Json.object());
    }

    /** The question with its answer in place of the buttons. */
    static Message settled(CaseId id, Approval approval) {
        var question = Mrkdwn.escape(approval.question());
        var answer = answer(approval);
        var blocks = JsonNodeFactory.instance.arrayNode();
        section(blocks, "*Order " + id.order().number() + "*\n" + question);
        section(blocks, answer);
        return new Message(question + " " + answer, blocks, Json.object());
    }

    /** The same message bearing what it is known again by. */
    Message marked(CaseId id, Attempt attempt) {
        var metadata = Json.object().put("event_type", "unwind_step");
        metadata.putObject("event_payload").put("case", id.toString()).put("step", attempt.mark());
        return new Message(text, blocks, metadata);
    }

    ObjectNode body(String channel) {
        var body = Json.object().put("channel", channel).put("text", text);
        body.set("blocks", blocks);
        if (!metadata.isEmpty()) body.set("metadata", metadata);
        return body;
    }

    /** For a new message: what it names is not to be fetched and shown. */
    ObjectNode fresh(String channel) {
        return body(channel).put("unfurl_links", false).put("unfurl_media", false);
    }

    private static List<String> paragraphs(Letter letter) {
        return letter.paragraphs().stream()
                .filter(paragraph -> !paragraph.isBlank())
                .limit(PARAGRAPHS)
                .toList();
    }

    private static String answer(Approval approval) {
        var by = approval.by().map(Mrkdwn::person).orElse("nobody");
        return switch (approval.answer()) {
            case OPEN -> throw new IllegalArgumentException("approval: an answer was expected");
            case APPROVED -> ":white_check_mark: Approved by " + by;
            case REJECTED -> ":no_entry: Rejected by " + by;
            case EXPIRED -> ":hourglass: Nobody answered in time";
        };
    }

    private static void section(ArrayNode blocks, String mrkdwn) {
        blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "mrkdwn")
                .put("text", mrkdwn);
    }

    /**
     * For others' words: here Slack reads no mention, no link, no style and no emoji out of them.
     */
    private static void plainSection(ArrayNode blocks, String text) {
        blocks.addObject()
                .put("type", "section")
                .set("text", plain(Mrkdwn.cut(text, Mrkdwn.LONGEST)).put("emoji", false));
    }

    private static ArrayNode buttons(ArrayNode blocks) {
        return blocks.addObject().put("type", "actions").putArray("elements");
    }

    private static ObjectNode approve(Hold hold, String value) {
        var approve = button("approve_cancellation", "Approve", value).put("style", "primary");
        var confirm = approve.putObject("confirm");
        confirm.set("title", plain("Are you sure?"));
        confirm.set("text", plain(Mrkdwn.cut(hold.question(), 300)));
        confirm.set("confirm", plain("Approve"));
        confirm.set("deny", plain("Back"));
        return approve;
    }

    private static ObjectNode button(String action, String label, String value) {
        var button = Json.object().put("type", "button").put("action_id", action);
        button.set("text", plain(label));
        return button.put("value", value);
    }

    private static ObjectNode plain(String text) {
        return Json.object().put("type", "plain_text").put("text", text);
    }
}
