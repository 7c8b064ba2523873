namespace Orchestrator.Sandbox.Alertmanager;

/// <summary>What can go wrong with an Alertmanager in the box; until <see cref="Mend"/>.</summary>
public sealed class AlertmanagerFaults
{
    private volatile int _status;
    private volatile bool _answersPage;
    private volatile TaskCompletionSource? _held;

    internal int Status => _status;

    internal bool AnswersPage => _answersPage;

    /// <summary>Answers every call with a page of a proxy instead of JSON.</summary>
    public void AnswerPage() => _answersPage = true;

    /// <summary>Answers every call with a status such as 500.</summary>
    public void AnswerStatus(int status) => _status = status;

    /// <summary>Takes calls and does not answer them.</summary>
    public void Hang() => _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers as it should again; who waits for an answer gets it.</summary>
    public void Mend()
    {
        (_status, _answersPage) = (0, false);
        TaskCompletionSource? held = _held;
        _held = null;
        held?.TrySetResult();
    }

    internal Task HeldAsync(CancellationToken cancellationToken) => _held?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
