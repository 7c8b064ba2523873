namespace Temporalio.Client;

/// <summary>
/// How the SDK names itself to the server and in histories: as the official SDK whose behaviour it has, because other SDKs read the
/// flags in a history by this name.
/// </summary>
internal static class SdkIdentity
{
    /// <summary>The official name of the .NET SDK.</summary>
    public const string Name = "temporal-dotnet";

    /// <summary>The official version whose behaviour this is.</summary>
    public const string Version = "1.18.0";
}
