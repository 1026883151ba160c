/** SQS, played by ElasticMQ, and the mappings that feed queues to functions. */
@NullMarked
package shop.unwind.local.queue;

import org.jspecify.annotations.NullMarked;
