using System.Collections;

namespace Temporalio.Common.EnvConfig;

/// <summary>Environment variables: those of the process, or others in their place.</summary>
internal sealed class EnvironmentVariables(IReadOnlyDictionary<string, string>? others)
{
    /// <summary>All variables.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => others ?? OfProcess();

    /// <summary>The value; null when the variable is not set or empty.</summary>
    public string? Find(string name)
    {
        string? value = others is null ? Environment.GetEnvironmentVariable(name) : others.GetValueOrDefault(name);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static IEnumerable<KeyValuePair<string, string>> OfProcess()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            yield return new((string)variable.Key, (string?)variable.Value ?? string.Empty);
        }
    }
}
