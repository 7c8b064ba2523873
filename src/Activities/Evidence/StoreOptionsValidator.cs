using Microsoft.Extensions.Options;
using Orchestrator.Store;

namespace Orchestrator.Activities.Evidence;

/// <summary>Checks the section <c>Orchestrator:Store</c>.</summary>
internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        List<string> faults = [.. options.Faults()];
        if (options is { PostgreSql: not null, Installation: null })
        {
            faults.Add(
                $"{StoreOptions.Section}:{nameof(StoreOptions.Installation)} (variable ORCHESTRATOR__STORE__INSTALLATION) is not set. "
                + "Workers that share a store are an installation, which needs a name.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
