using Microsoft.Extensions.Options;

namespace Orchestrator.Activities.Kafka;

/// <summary>Checks the section <c>Orchestrator:Kafka</c> by its attributes.</summary>
[OptionsValidator]
internal sealed partial class KafkaClientOptionsValidator : IValidateOptions<KafkaClientOptions>;
