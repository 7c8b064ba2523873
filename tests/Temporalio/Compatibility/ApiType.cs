namespace Temporalio.Tests.Compatibility;

/// <summary>A public type.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name, with that of the type around it and its type parameters.</param>
/// <param name="Members">Its members as lines; those of an enumeration as names.</param>
/// <param name="Inherited">The members that it has from its base types.</param>
internal sealed record ApiType(string Namespace, string Name, IReadOnlyList<string> Members, IReadOnlyList<string> Inherited)
{
    public string FullName => $"{Namespace}.{Name}";
}
