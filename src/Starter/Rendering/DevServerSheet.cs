namespace Orchestrator.Starter.Rendering;

/// <summary>A development server that listens.</summary>
/// <param name="Address">Where, as <c>TEMPORAL_ADDRESS</c> has it.</param>
/// <param name="Namespaces">The namespaces that it has.</param>
/// <param name="ServerVersion">The release of Temporal's server whose behaviour it follows.</param>
internal sealed record DevServer(string Address, IReadOnlyList<string> Namespaces, string ServerVersion);

/// <summary>A development server, and how others are pointed at it.</summary>
internal static class DevServerSheet
{
    public static Sheet Of(DevServer server)
    {
        string environment = $"TEMPORAL_ADDRESS={server.Address}"
            + (server.Namespaces.Contains("default") ? "" : $" TEMPORAL_NAMESPACE={server.Namespaces[0]}");
        string port = server.Address[(server.Address.LastIndexOf(':') + 1)..];
        return new Sheet()
            .Line("Temporal development server: its state is in this process and ends with it. Not for production.")
            .Line("")
            .Facts(
                ("Address", server.Address),
                (server.Namespaces.Count == 1 ? "Namespace" : "Namespaces", string.Join(", ", server.Namespaces)),
                ("Behaves as", $"Temporal server {server.ServerVersion}"))
            .List(
                "Point at it",
                [
                    ["all of them", $"export {environment}"],
                    ["a worker", $"{environment} dotnet run --project src/Worker"],
                    ["sop", $"{environment} sop status"],
                    ["temporal", $"{environment} temporal workflow list"],
                    ["a bug report", $"sop dev-server state --port {port} > state.json"],
                ])
            .Line("")
            .Line("Ctrl-C stops it.");
    }
}
