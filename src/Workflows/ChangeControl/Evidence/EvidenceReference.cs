namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>Where the evidence of a change is, and what proves that it is whole.</summary>
/// <param name="Location">
/// The folder on the worker's machine: <c>…/CHG-20261121-7KQ2-M9XD-T4RW-0HCE/0198f0a2-…</c>, the change and the run.
/// </param>
/// <param name="PackHash">SHA-256 of its <c>manifest.json</c>, as lower-case hex; the manifest holds the hash of every other file.</param>
/// <param name="Files">How many files it has, the manifest included.</param>
public sealed record EvidenceReference(string Location, string PackHash, int Files);
