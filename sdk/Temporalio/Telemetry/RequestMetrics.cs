using System.Diagnostics;
using System.Text;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Telemetry;

/// <summary>Counts and times the calls of a connection: each try for itself.</summary>
internal static class RequestMetrics
{
    /// <summary>Whether anybody listens.</summary>
    public static bool IsEnabled =>
        SdkInstruments.Request.Enabled || SdkInstruments.RequestLatency.Enabled || SdkInstruments.RequestFailure.Enabled
        || SdkInstruments.LongRequest.Enabled || SdkInstruments.LongRequestLatency.Enabled || SdkInstruments.LongRequestFailure.Enabled;

    /// <summary>Makes a call, and records it.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="operation">The name of the call.</param>
    /// <param name="namespace">The namespace that the call is about; null for none.</param>
    /// <param name="isLong">Whether the server holds the call until there is something to answer.</param>
    /// <param name="call">Makes the call.</param>
    public static async Task<T> MeasureAsync<T>(string operation, string? @namespace, bool isLong, Func<Task<T>> call)
    {
        TagList tags = new()
        {
            { "service_name", SdkIdentity.Name },
            { "operation", operation },
            { "namespace", @namespace ?? "_unknown_" },
        };
        (isLong ? SdkInstruments.LongRequest : SdkInstruments.Request).Add(1, tags);
        long start = Stopwatch.GetTimestamp();
        try
        {
            return await call();
        }
        catch (RpcException e)
        {
            TagList failed = tags;
            failed.Add("status_code", NameOf(e.Code));
            (isLong ? SdkInstruments.LongRequestFailure : SdkInstruments.RequestFailure).Add(1, failed);
            throw;
        }
        finally
        {
            (isLong ? SdkInstruments.LongRequestLatency : SdkInstruments.RequestLatency)
                .Record(Stopwatch.GetElapsedTime(start).TotalMilliseconds, tags);
        }
    }

    // As the official SDK writes it: NOT_FOUND.
    private static string NameOf(RpcException.StatusCode code)
    {
        StringBuilder name = new();
        foreach (char letter in code.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }
}
