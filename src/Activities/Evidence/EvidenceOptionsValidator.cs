using Microsoft.Extensions.Options;

namespace Orchestrator.Activities.Evidence;

/// <summary>A worker that could keep no evidence says so when it starts, and not after the first change.</summary>
internal sealed class EvidenceOptionsValidator : IValidateOptions<EvidenceOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, EvidenceOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Folder);
            string probe = Path.Combine(options.Folder, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail(
                $"{EvidenceOptions.Section}:Folder (variable ORCHESTRATOR__EVIDENCE__FOLDER) is '{options.Folder}', which cannot be written: {e.Message}");
        }
    }
}
