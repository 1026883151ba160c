package shop.unwind.local.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Lambda's Java runtime starts a function with: its interface client, which this process has
 * on its own class path.
 *
 * @param library the client's native part, unpacked; the client would unpack it to one place for
 *     all processes
 */
record RuntimeClient(String classPath, Path library) {
    static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** Unpacks the native part into this folder. */
    static RuntimeClient unpack(Path folder) throws IOException {
        var system = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        var library = folder.resolve("client.so");
        var packed = "jni/libaws-lambda-jni.linux-" + system + ".so";
        try (var in = RuntimeClient.class.getClassLoader().getResourceAsStream(packed)) {
            if (in == null) throw new IOException("no native client for " + system);
            Files.copy(in, library);
        }
        return new RuntimeClient(ownClassPath(), library);
    }

    /** The settings with which Lambda starts its JVM. Without the first no hook is called. */
    List<String> settings() {
        return List.of(
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                        + library,
                "-Djava.net.preferIPv4Stack=true",
                "-XX:+UseSerialGC",
                "-Xmx870m",
                "--enable-native-access=ALL-UNNAMED");
    }

    private static String ownClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(RuntimeClient::isOfClient)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOfClient(String entry) {
        var name = String.valueOf(Path.of(entry).getFileName());
        return name.startsWith("aws-lambda-java-runtime-interface-client-")
                || name.startsWith("aws-lambda-java-core-")
                || name.startsWith("aws-lambda-java-serialization-")
                || name.startsWith("utils-lite-");
    }
}
