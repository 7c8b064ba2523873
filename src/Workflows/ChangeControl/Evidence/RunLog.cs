using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestrator.Workflows.Text;
using Orchestrator.Workflows.Tracing;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>
/// One line in the worker's log for each thing that happens to a change, its votes and its locks, so that whoever has the log alone can
/// follow them: change, type of event, step, sentence, trace. A replay writes none.
/// </summary>
internal static class RunLog
{
    /// <summary>The run that holds a lock has ended without giving it back.</summary>
    public const string LockOrphaned = "lock.orphaned";

    private const string None = "-";

    private static readonly Line AsInformation = Define(LogLevel.Information);
    private static readonly Line AsWarning = Define(LogLevel.Warning);

    private delegate void Line(
        ILogger logger, string changeId, string type, string step, string sentence, string traceId, Exception? exception);

    /// <summary>Logs an event of a run: what is ok as information, all else as a warning.</summary>
    public static void Write(AuditEvent audit)
    {
        List<string?> words =
        [
            audit.Guard,
            audit.Epoch is { } epoch ? $"token {epoch}" : null,
            audit.Actor == AuditTypes.SystemActor ? null : $"by {audit.Actor}",
            audit.Code,
            audit.Sentence,
        ];
        Write(
            audit.Outcome == "ok" ? LogLevel.Information : LogLevel.Warning,
            audit.ChainId,
            audit.Type,
            audit.Step,
            string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word))));
    }

    /// <summary>Logs what happened on behalf of a change outside of its run.</summary>
    public static void Write(string changeId, string type, string sentence) => Write(LogLevel.Information, changeId, type, null, sentence);

    /// <summary>Logs that something was refused.</summary>
    public static void Refused(string changeId, string type, string code, string sentence) =>
        Write(LogLevel.Warning, changeId, type, null, $"{code} {sentence}");

    // Sentences quote what others wrote.
    private static void Write(LogLevel level, string changeId, string type, string? step, string text)
    {
        ActivityTraceId trace = WorkflowSpan.Parent.TraceId;
        string traceId = trace == default ? None : trace.ToHexString();
        (level == LogLevel.Information ? AsInformation : AsWarning)(
            Workflow.Logger, changeId, type, step ?? None, text.Length == 0 ? None : PlainText.Clean(text.TrimEnd()), traceId, null);
    }

    private static Line Define(LogLevel level) => new(LoggerMessage.Define<string, string, string, string, string>(
        level, default, "{ChangeId} {Type} step={Step} {Sentence} trace={TraceId}"));
}
