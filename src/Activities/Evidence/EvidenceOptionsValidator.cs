using Microsoft.Extensions.Options;

namespace Orchestrator.Activities.Evidence;

/// <summary>A worker that could keep no evidence says so when it starts, and not after the first change.</summary>
internal sealed class EvidenceOptionsValidator : IValidateOptions<EvidenceOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, EvidenceOptions options) => EvidenceProbe.Fault(options.Folder) is { } fault
        ? ValidateOptionsResult.Fail(
            $"{EvidenceOptions.Section}:Folder (variable ORCHESTRATOR__EVIDENCE__FOLDER) is '{options.Folder}', "
            + $"which cannot be written: {fault}")
        : ValidateOptionsResult.Success;
}
