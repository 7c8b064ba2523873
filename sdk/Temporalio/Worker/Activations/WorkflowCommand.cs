using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>One thing that workflow code did and that must reach the server, or that changes what will.</summary>
internal abstract record WorkflowCommand
{
    /// <summary>Encodes the payloads that the command carries.</summary>
    public virtual Task EncodeAsync(IPayloadCodec codec) => Task.CompletedTask;
}
