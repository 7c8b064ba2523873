namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>Completes names as the API server does: five letters and digits that make no words.</summary>
internal static class GeneratedName
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int Longest = 63;
    private const int Random = 5;

    public static string After(string prefix)
    {
        string kept = prefix.Length > Longest - Random ? prefix[..(Longest - Random)] : prefix;
        return kept + string.Concat(System.Random.Shared.GetItems<char>(Alphabet, Random));
    }
}
