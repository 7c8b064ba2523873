using System.Globalization;

namespace Orchestrator.Lab.Cluster;

/// <summary>Reads the arguments of <c>orchestrator-lab</c>.</summary>
internal static class CommandLine
{
    public const string Usage = """
        orchestrator-lab [--version 4.2.0|4.1.1] [--nodes N] [--brokers N] [--controllers N] [--no-temporal] [--all-definitions]
        Starts a Kafka cluster under Confluent's operator on real servers, prints its environment, and stops it at Ctrl-C.
        """;

    /// <summary>The options that the arguments ask for; null where an argument is not understood.</summary>
    public static LabClusterOptions? Parse(IReadOnlyList<string> arguments)
    {
        LabClusterOptions? options = new();
        for (int i = 0; i < arguments.Count && options is not null; i++)
        {
            string? value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            options = arguments[i] switch
            {
                "--no-temporal" => options with { WithTemporal = false },
                "--all-definitions" => options with { AllDefinitions = true },
                _ => Valued(options, arguments[i++], value),
            };
        }

        return options;
    }

    private static LabClusterOptions? Valued(LabClusterOptions options, string name, string? value) => name switch
    {
        "--version" when value is not null => options with { Version = value },
        "--nodes" when Count(value) is { } count => options with { Nodes = count },
        "--brokers" when Count(value) is { } count => options with { Brokers = count },
        "--controllers" when Count(value) is { } count => options with { Controllers = count },
        _ => null,
    };

    private static int? Count(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 10 ? count : null;
}
