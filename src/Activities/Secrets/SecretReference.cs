using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Activities.Secrets;

/// <summary>Where a secret value is kept. It is never the value, so it may appear in a configuration, a log and a message.</summary>
public sealed record SecretReference
{
    /// <summary>How a reference is written, for messages.</summary>
    public const string Form =
        "secret:NAME/KEY, secret:NAMESPACE/NAME/KEY or file:PATH, each followed by #PROPERTY where the content is lines of name=value";

    private const string SecretScheme = "secret:";
    private const string FileScheme = "file:";

    private SecretReference()
    {
    }

    /// <summary>The file on the worker; null where it is a Secret of Kubernetes.</summary>
    public string? File { get; private init; }

    /// <summary>The Secret's namespace; null: that of the resource that the secret is for.</summary>
    public string? Namespace { get; private init; }

    /// <summary>The Secret's name; null where it is a file.</summary>
    public string? Name { get; private init; }

    /// <summary>The key in the Secret; null where it is a file.</summary>
    public string? Key { get; private init; }

    /// <summary>
    /// The property of a content of lines <c>name=value</c>, such as <c>password</c> of CFK's <c>plain.txt</c>; null: the content as a
    /// whole.
    /// </summary>
    public string? Property { get; private init; }

    /// <summary>
    /// Reads what is written in the <see cref="Form"/>; false for everything else, as a value that was written there by mistake.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SecretReference? reference)
    {
        reference = null;
        string[] halves = (text ?? "").Split('#', 2);
        string? property = halves is [_, { Length: > 0 } named] ? named : null;
        if (halves.Length == 2 && property is null)
        {
            return false;
        }

        if (halves[0].StartsWith(FileScheme, StringComparison.Ordinal))
        {
            string path = halves[0][FileScheme.Length..];
            reference = path.Length == 0 ? null : new() { File = path, Property = property };
        }
        else if (halves[0].StartsWith(SecretScheme, StringComparison.Ordinal))
        {
            string[] parts = halves[0][SecretScheme.Length..].Split('/');
            reference = parts.Length is 2 or 3 && parts.All(part => part.Length > 0)
                ? new() { Namespace = parts.Length == 3 ? parts[0] : null, Name = parts[^2], Key = parts[^1], Property = property }
                : null;
        }

        return reference is not null;
    }

    /// <summary>The reference as it is written.</summary>
    public override string ToString()
    {
        string place = File is not null ? FileScheme + File : $"{SecretScheme}{(Namespace is null ? "" : $"{Namespace}/")}{Name}/{Key}";
        return Property is null ? place : $"{place}#{Property}";
    }
}
