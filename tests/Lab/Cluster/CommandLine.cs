using System.Globalization;

namespace Orchestrator.Lab.Cluster;

/// <summary>Reads the arguments of <c>orchestrator-lab</c>.</summary>
internal static class CommandLine
{
    public const string Usage = """
        orchestrator-lab [--version 4.2.0|4.1.1] [--nodes N] [--brokers N] [--controllers N] [--no-temporal] [--all-definitions]
        Starts a Kafka cluster under Confluent's operator on real servers, prints its environment, and stops it at Ctrl-C.
        LAB_PORT names the first of its 60 ports, LAB_DATA the folder of its state (new or empty; removed at the end).
        """;

    private const int FirstPort = 1024;
    private const int LastPort = 65_000;

    /// <summary>The options that the environment and the arguments ask for; null where one of them is not understood.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="environment">The value of a variable; null where it is not set.</param>
    public static LabClusterOptions? Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        LabClusterOptions? options = environment("LAB_PORT") switch
        {
            null or "" => new(),
            { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
                && port is >= FirstPort and <= LastPort => new() { Port = port },
            _ => null,
        };
        if (options is not null && environment("LAB_DATA") is { Length: > 0 } folder)
        {
            options = options with { DataFolder = folder };
        }

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
