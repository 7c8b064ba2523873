using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>Options of a client together with those of its connection.</summary>
public class TemporalClientConnectOptions : TemporalConnectionOptions
{
    /// <summary>Initializes an instance whose host is still to be set.</summary>
    public TemporalClientConnectOptions()
    {
    }

    /// <summary>Initializes an instance.</summary>
    /// <param name="targetHost">The server, <c>host:port</c>.</param>
    public TemporalClientConnectOptions(string targetHost)
        : base(targetHost)
    {
    }

    /// <summary>How values and exceptions are sent. Default: <see cref="DataConverter.Default"/>.</summary>
    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    /// <summary>Interceptors of the client's calls, outermost first. Default null: none.</summary>
    public IReadOnlyCollection<IClientInterceptor>? Interceptors { get; set; }

    /// <summary>Where workers of the client log. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The namespace. Default <c>default</c>.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>The workflow states in which queries are rejected. Default null: none.</summary>
    public QueryRejectCondition? QueryRejectCondition { get; set; }

    /// <summary>The options of the client alone.</summary>
    public TemporalClientOptions ToClientOptions() => new()
    {
        DataConverter = DataConverter,
        Interceptors = Interceptors,
        LoggerFactory = LoggerFactory,
        Namespace = Namespace,
        QueryRejectCondition = QueryRejectCondition,
    };
}
