using Microsoft.Extensions.Options;
using Orchestrator.Store;

namespace Orchestrator.Activities.Evidence;

/// <summary>A worker that could keep no evidence says so when it starts, and not after the first change.</summary>
internal sealed class EvidenceOptionsValidator(IOptions<StoreOptions> store) : IValidateOptions<EvidenceOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, EvidenceOptions options) =>
        IsInPostgreSql() || EvidenceProbe.Fault(options.Folder) is not { } fault
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{EvidenceOptions.Section}:Folder (variable ORCHESTRATOR__EVIDENCE__FOLDER) is '{options.Folder}', "
                + $"which cannot be written: {fault}");

    // Options that are wrong themselves are told by their own validator.
    private bool IsInPostgreSql()
    {
        try
        {
            return store.Value.PostgreSql is not null;
        }
        catch (OptionsValidationException)
        {
            return true;
        }
    }
}
