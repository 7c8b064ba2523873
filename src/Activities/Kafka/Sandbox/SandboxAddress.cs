namespace Orchestrator.Activities.Kafka.Sandbox;

/// <summary>The address of a cluster in the box, such as <c>sandbox://127.0.0.1:9071</c>. Pure.</summary>
internal static class SandboxAddress
{
    /// <summary>What such an address begins with.</summary>
    public const string Scheme = "sandbox://";

    /// <summary>Whether bootstrap servers name a cluster in the box, or try to.</summary>
    public static bool IsMeant(string bootstrapServers) => bootstrapServers.Contains(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with bootstrap servers that name a cluster in the box; null where nothing is.</summary>
    /// <param name="bootstrapServers">The bootstrap servers.</param>
    /// <param name="profile">The installation's profile.</param>
    public static string? Mistake(string bootstrapServers, string profile) =>
        profile != Targets.InventoryOptions.Laptop
            ? $"has '{bootstrapServers}', but clusters in the sandbox are only for the profile {Targets.InventoryOptions.Laptop}, "
                + $"not for {profile}"
        : Base(bootstrapServers) is null
            ? $"has '{bootstrapServers}', which is not a single address {Scheme}host:port"
        : null;

    /// <summary>Where the calls go; null where the address is not one.</summary>
    public static Uri? Base(string bootstrapServers) =>
        Uri.TryCreate(bootstrapServers, UriKind.Absolute, out Uri? address)
            && address is { Scheme: "sandbox", Host.Length: > 0, Port: > 0, PathAndQuery: "/" or "", UserInfo: "" }
            ? new Uri($"http://{address.Authority}/v1/")
            : null;
}
