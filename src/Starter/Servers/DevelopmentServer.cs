using System.Net;
using System.Net.Sockets;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Starter.Exits;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Starter.Servers;

/// <summary>The Temporal server that <c>sop dev-server</c> runs in its own process, and what others ask of it.</summary>
internal static class DevelopmentServer
{
    /// <summary>The port of <see cref="TemporalOptions.DevelopmentServer"/>, where everybody looks by default.</summary>
    public const int DefaultPort = 7233;

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);

    /// <summary>The search attributes that the procedures set.</summary>
    public static IReadOnlyDictionary<string, IndexedValueType> SearchAttributes { get; } = ChangeNames.SearchAttributes.ToDictionary(
        name => name, _ => IndexedValueType.Keyword, StringComparer.Ordinal);

    /// <summary>Starts it, with the search attributes that the procedures set.</summary>
    /// <exception cref="SopException">It cannot listen there.</exception>
    public static async Task<TemporalBox> StartAsync(int port, IReadOnlyList<string> namespaces, CancellationToken cancellationToken)
    {
        TemporalBoxOptions options = new()
        {
            Port = port,
            Namespaces = namespaces,
            SearchAttributes = SearchAttributes,
        };
        try
        {
            return await TemporalBox.StartAsync(options, cancellationToken);
        }
        catch (IOException e)
        {
            throw new SopException(
                ExitCode.Usage,
                $"Port {port} of 127.0.0.1 is in use, perhaps by another Temporal server: stop that one, or give another port with --port "
                + "(0 takes any free one).",
                e);
        }
        catch (SocketException e)
        {
            throw new SopException(ExitCode.Usage, $"Port {port} of 127.0.0.1 cannot be used: {e.Message}.", e);
        }
    }

    /// <summary>Reads all state of one that runs, as JSON.</summary>
    /// <exception cref="SopException">None answers there.</exception>
    public static async Task<string> ReadStateAsync(int port, CancellationToken cancellationToken)
    {
        using HttpClient client = new()
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = AnswersWithin,
        };
        try
        {
            return await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}{TemporalBox.StatePath}"), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SopException(
                ExitCode.OutOfReach,
                $"No 'sop dev-server' answers on port {port} of 127.0.0.1: {e.Message.TrimEnd('.')}. "
                + "Start one with 'sop dev-server', or give its port with --port.",
                e);
        }
    }
}
