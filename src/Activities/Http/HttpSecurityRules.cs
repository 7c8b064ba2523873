using Orchestrator.Activities.Secrets;

namespace Orchestrator.Activities.Http;

/// <summary>
/// Checks how HTTP servers of a cluster are reached. Pure. It never repeats the content of a field for a reference: it may be a value.
/// </summary>
internal static class HttpSecurityRules
{
    /// <summary>Every mistake: the field, and what is wrong with it.</summary>
    public static IEnumerable<(string Field, string What)> Mistakes(HttpSecurityOptions options)
    {
        (string Field, string? Reference)[] references =
        [
            (nameof(options.CertificateAuthority), options.CertificateAuthority),
            (nameof(options.Token), options.Token),
            (nameof(options.Username), options.Username),
            (nameof(options.Password), options.Password),
        ];
        foreach ((string field, string? reference) in references)
        {
            if (reference is not null && !SecretReference.TryParse(reference, out _))
            {
                yield return (field, $"is not a valid reference to a secret; write {SecretReference.Form}.");
            }
        }

        if (options.Username is null != options.Password is null)
        {
            yield return (options.Username is null ? nameof(options.Username) : nameof(options.Password), "is missing; give both.");
        }

        if (options.Token is not null && options.Username is not null)
        {
            yield return (nameof(options.Token), "and Username are both given; a server accepts only one of them.");
        }
    }
}
