package shop.unwind.local.queue;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.AutoCreateQueuesConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import org.elasticmq.util.NowProvider;

import scala.Option;
import scala.collection.immutable.List$;

import shop.unwind.local.template.Arns;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The ElasticMQ server, on a port of its own behind the front door. */
final class ElasticMq implements AutoCloseable {
    private static final Duration RESTORE = Duration.ofSeconds(30);

    private final ActorSystem actors;
    private final int port;

    private ElasticMq(ActorSystem actors, SQSRestServer server) {
        this.actors = actors;
        this.port = server.waitUntilStarted().localAddress().getPort();
    }

    /**
     * Starts the server.
     *
     * @param frontDoor the port that queue URLs name
     * @param data the folder that keeps queues and messages, or nothing to keep them in memory
     */
    static ElasticMq start(int frontDoor, Optional<Path> data) {
        var actors = ActorSystem.create("queues");
        var keeper = data.map(folder -> actors.actorOf(keeper(folder)));
        var manager = actors.actorOf(manager(keeper));
        keeper.ifPresent(actor -> restore(actor, manager));
        return new ElasticMq(actors, serve(actors, manager, keeper, frontDoor));
    }

    int port() {
        return port;
    }

    // The server's own way to stop waits for long polls to end; ending the actors does not.
    @Override
    public void close() {
        actors.terminate();
        actors.getWhenTerminated().toCompletableFuture().join();
    }

    private static Props manager(Optional<ActorRef> keeper) {
        return Props.create(
                QueueManagerActor.class,
                () ->
                        new QueueManagerActor(
                                new NowProvider(), StrictSQSLimits$.MODULE$, option(keeper)));
    }

    // Without WRITE_DELAY=0 H2 keeps what it has committed for half a second, and a kill takes it.
    private static Props keeper(Path folder) {
        var url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("queues") + ";WRITE_DELAY=0";
        var config = new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false);
        return Props.create(
                SqlQueuePersistenceActor.class,
                () -> new SqlQueuePersistenceActor(config, List$.MODULE$.empty()));
    }

    private static void restore(ActorRef keeper, ActorRef manager) {
        Patterns.ask(keeper, new QueueEvent.Restore(manager), RESTORE).toCompletableFuture().join();
    }

    private static SQSRestServer serve(
            ActorSystem actors, ActorRef manager, Optional<ActorRef> keeper, int frontDoor) {
        return new TheSQSRestServerBuilder(
                        Option.apply(actors),
                        Option.apply(manager),
                        "localhost",
                        0,
                        new NodeAddress("http", "localhost", frontDoor, ""),
                        false,
                        StrictSQSLimits$.MODULE$,
                        Arns.REGION,
                        Arns.ACCOUNT,
                        option(keeper),
                        AutoCreateQueuesConfig.disabled())
                .start();
    }

    private static <T> Option<T> option(Optional<T> value) {
        return value.map(Option::apply).orElseGet(Option::empty);
    }
}
