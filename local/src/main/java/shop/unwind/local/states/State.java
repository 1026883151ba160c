package shop.unwind.local.states;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One state of a machine, checked and compiled. */
sealed interface State {
    String name();

    /** The type as a definition writes it and as history events begin. */
    String type();

    /**
     * How a state is left.
     *
     * @param output what the next state gets; the state's own default when absent
     * @param assign the variables to set
     * @param next the next state; absent at the end
     */
    record Exit(Optional<Template> output, Map<String, Template> assign, Optional<String> next) {}

    record Pass(String name, Exit exit) implements State {
        @Override
        public String type() {
            return "Pass";
        }
    }

    /** The exit of the first rule that is true, else the default's. */
    record Choice(String name, List<Rule> rules, Optional<Exit> otherwise) implements State {
        record Rule(Template condition, Place place, Exit exit) {}

        @Override
        public String type() {
            return "Choice";
        }
    }

    record Wait(String name, Delay delay, Exit exit) implements State {
        @Override
        public String type() {
            return "Wait";
        }
    }

    record Succeed(String name, Exit exit) implements State {
        @Override
        public String type() {
            return "Succeed";
        }
    }

    record Fail(String name, Optional<Template> error, Optional<Template> cause) implements State {
        @Override
        public String type() {
            return "Fail";
        }
    }

    /** A state that can be tried again and whose failure can be caught. */
    sealed interface Attempted extends State {
        List<Retrier> retriers();

        List<Catcher> catchers();

        Exit exit();
    }

    record Task(
            String name,
            Resource resource,
            Optional<Template> arguments,
            Optional<Template> timeoutSeconds,
            Optional<Template> heartbeatSeconds,
            List<Retrier> retriers,
            List<Catcher> catchers,
            Exit exit)
            implements Attempted {
        @Override
        public String type() {
            return "Task";
        }
    }

    record Each(
            String name,
            Optional<Template> items,
            Optional<Template> selector,
            Flow processor,
            Optional<Template> maxConcurrency,
            List<Retrier> retriers,
            List<Catcher> catchers,
            Exit exit)
            implements Attempted {
        @Override
        public String type() {
            return "Map";
        }
    }

    record Parallel(
            String name,
            List<Flow> branches,
            Optional<Template> arguments,
            List<Retrier> retriers,
            List<Catcher> catchers,
            Exit exit)
            implements Attempted {
        @Override
        public String type() {
            return "Parallel";
        }
    }

    /** Until when a Wait waits. */
    sealed interface Delay {
        record Seconds(Template seconds) implements Delay {}

        record Timestamp(Template timestamp) implements Delay {}
    }

    record Catcher(List<String> errors, Exit exit) {}
}
