using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>
/// What a client reported by the way, which says more than the error that a call ends with. Never with a credential in it.
/// </summary>
internal sealed class ClientErrors(KafkaAddress address, TimeSpan limit)
{
    private volatile string? _last;
    private volatile Error? _denied;

    public void Add(Error error)
    {
        // It follows on the errors of each broker, and says less.
        if (error.Code != ErrorCode.Local_AllBrokersDown)
        {
            _last = Redact(error.Reason);
        }

        // Calls only run into their limit then.
        if (error.Code is ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed)
        {
            _denied = error;
        }
    }

    /// <summary>A call's error in one sentence.</summary>
    public string Describe(Error error)
    {
        string reason = Redact(error.Reason);
        string what = error.IsLocalError ? $"no answer within {limit.TotalSeconds:0.#} s" : reason;
        return $"{what}{(_last is { } last ? $": {last}" : $" ({reason})")}.";
    }

    /// <summary>What kept a call from getting through: a login that was refused, else its own error.</summary>
    public ErrorCode CodeOf(Error error) => (_denied ?? error).Code;

    public string Redact(string text) => address.Credentials?.Redact(text) ?? text;
}
