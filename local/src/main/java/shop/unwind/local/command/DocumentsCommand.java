package shop.unwind.local.command;

import shop.unwind.config.Documents;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Puts and shows the store and policy documents of a deployed stack: {@code put store FILE TABLE}
 * and {@code show store TABLE}. Region, credentials and endpoint come from the SDK's own chain.
 */
final class DocumentsCommand {
    private static final String USAGE =
            "put store|policy FILE TABLE, or show store|policy TABLE was expected;"
                    + " TABLE is the stack's output DocumentsTable";

    private final List<String> arguments;
    private final PrintStream out;

    DocumentsCommand(List<String> arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /**
     * Does what is asked, or says what is wrong.
     *
     * @return whether it was done
     */
    boolean run() {
        try {
            return run(arguments.isEmpty() ? "" : arguments.getFirst());
        } catch (IOException unreadable) {
            out.println("this file cannot be read: " + unreadable.getMessage());
        } catch (RuntimeException wrong) {
            out.println(wrong.getMessage());
        }
        return false;
    }

    private boolean run(String verb) throws IOException {
        if (verb.equals("put") && arguments.size() == 4) {
            var text = Files.readString(Path.of(arguments.get(2)));
            out.println("put as " + in(arguments.get(3)).put(arguments.get(1), text));
        } else if (verb.equals("show") && arguments.size() == 3) {
            var standing = in(arguments.get(2)).text(arguments.get(1));
            out.println("# " + standing.version() + "\n" + standing.document());
        } else {
            throw new IllegalArgumentException(USAGE);
        }
        return true;
    }

    private static Documents in(String table) {
        return new Documents(DynamoDbClient.create(), table, Clock.systemUTC());
    }
}
