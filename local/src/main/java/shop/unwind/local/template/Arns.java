package shop.unwind.local.template;

/** Names as this machine's account and Region write them. */
public final class Arns {
    public static final String ACCOUNT = "000000000000";
    public static final String REGION = "us-east-1";
    public static final String ALIAS = "live";

    private Arns() {}

    /**
     * The ARN of a resource.
     *
     * @param resource everything after the account, such as {@code function:intake}
     */
    public static String of(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ACCOUNT, resource);
    }

    /** The function's name, given that name, its ARN, or the ARN of a version or alias of it. */
    public static String functionName(String reference) {
        var prefix = of("lambda", "function:");
        var name = reference.startsWith(prefix) ? reference.substring(prefix.length()) : reference;
        var qualifier = name.indexOf(':');
        return qualifier < 0 ? name : name.substring(0, qualifier);
    }

    /** The queue's name, given its ARN or its URL. */
    public static String queueName(String reference) {
        return reference.substring(
                Math.max(reference.lastIndexOf(':'), reference.lastIndexOf('/')) + 1);
    }

    public static boolean isFunction(String arn) {
        return arn.startsWith("arn:aws:lambda:");
    }

    public static boolean isQueue(String arn) {
        return arn.startsWith("arn:aws:sqs:");
    }
}
