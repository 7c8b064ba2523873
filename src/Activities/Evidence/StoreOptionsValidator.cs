using Microsoft.Extensions.Options;
using Orchestrator.Store;

namespace Orchestrator.Activities.Evidence;

/// <summary>Checks the section <c>Orchestrator:Store</c>.</summary>
internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StoreOptions options) => options.Faults() is { Count: > 0 } faults
        ? ValidateOptionsResult.Fail(faults)
        : ValidateOptionsResult.Success;
}
