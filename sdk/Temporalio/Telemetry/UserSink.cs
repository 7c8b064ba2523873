namespace Temporalio.Telemetry;

/// <summary>An instrument that takes a value.</summary>
/// <param name="value">The value.</param>
/// <param name="tags">Its tags.</param>
internal delegate void UserSink<in TNumber>(TNumber value, params KeyValuePair<string, object?>[] tags);
