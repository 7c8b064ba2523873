using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>A worker that is killed again and again, and started again by whoever looks after it.</summary>
internal sealed class MortalWorker(IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private ProgramProcess _process = ProgramProcess.StartWorker(environment);

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>What the one that lives has printed.</summary>
    public string Log => _process.Log;

    /// <summary>Ends it with SIGKILL and starts another.</summary>
    public async Task KillAndReplaceAsync()
    {
        await _process.KillAsync();
        await _process.DisposeAsync();
        Kills++;
        _process = ProgramProcess.StartWorker(environment);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
