using Microsoft.Extensions.Options;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Health;

/// <summary>Checks the section <c>Orchestrator:Health</c>.</summary>
internal sealed class HealthOptionsValidator : IValidateOptions<HealthOptions>
{
    private const int LastPort = 65535;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HealthOptions options) => options.Port is >= 0 and <= LastPort
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            Mistake.At(HealthOptions.Section, nameof(options.Port), $"is {options.Port}; it must be a port from 0 to {LastPort}"));
}
