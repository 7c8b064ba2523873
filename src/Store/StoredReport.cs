namespace Orchestrator.Store;

/// <summary>The report of an assessment, as it is kept for the next one to compare with.</summary>
/// <param name="ReportId">Its name.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="Procedure">The procedure's name.</param>
/// <param name="Cluster">The cluster's name in the inventory.</param>
/// <param name="Inputs">The digest of the procedure's inputs.</param>
/// <param name="At">When it was made, in ISO 8601.</param>
/// <param name="Body">All of it, as JSON.</param>
public sealed record StoredReport(
    string ReportId, string RunId, string Procedure, string Cluster, string Inputs, string At, string Body);
