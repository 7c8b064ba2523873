namespace Temporalio.Common.EnvConfig;

/// <summary>A table of the configuration whose keys are checked off as they are read.</summary>
internal sealed class ProfileTable(string name, Dictionary<string, object> values)
{
    private readonly HashSet<string> _unread = [.. values.Keys];

    /// <summary>The full name of the table; empty for the outermost.</summary>
    public string Name => name;

    /// <summary>The keys.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>The text of a key; null when it is not there.</summary>
    /// <exception cref="FormatException">The value is no text.</exception>
    public string? FindString(string key) => Find<string>(key, "text");

    /// <summary>The truth of a key; null when it is not there.</summary>
    /// <exception cref="FormatException">The value is neither true nor false.</exception>
    public bool? FindBool(string key) => Find<object>(key, "true or false") switch
    {
        null => null,
        bool value => value,
        _ => throw new FormatException($"{FullName(key)} is neither true nor false"),
    };

    /// <summary>The table of a key; null when it is not there.</summary>
    /// <exception cref="FormatException">The value is no table.</exception>
    public ProfileTable? FindTable(string key) =>
        Find<Dictionary<string, object>>(key, "a table") is { } table ? new(FullName(key), table) : null;

    /// <summary>Ends the reading.</summary>
    /// <exception cref="FormatException">The table holds keys that nobody read, and that is an error.</exception>
    public void End(bool strict)
    {
        if (strict && _unread.Count > 0)
        {
            throw new FormatException($"unknown keys: {string.Join(", ", _unread.Select(FullName).Order(StringComparer.Ordinal))}");
        }
    }

    private T? Find<T>(string key, string kind)
        where T : class
    {
        _unread.Remove(key);
        return values.GetValueOrDefault(key) switch
        {
            null => null,
            T value => value,
            _ => throw new FormatException($"{FullName(key)} is not {kind}"),
        };
    }

    private string FullName(string key) => name.Length == 0 ? key : $"{name}.{key}";
}
