using Orchestrator.Activities.Secrets;

namespace Orchestrator.Activities.Tests.Secrets;

public sealed class SecretReferenceTests
{
    [Theory]
    [InlineData("secret:kafka-client/password")]
    [InlineData("secret:confluent/kafka-client/plain.txt#password")]
    [InlineData("file:/mnt/secrets/password")]
    [InlineData("file:/mnt/secrets/plain.txt#password")]
    public void Parse_AReference_IsWrittenAsItWasRead(string text)
    {
        Assert.True(SecretReference.TryParse(text, out SecretReference? reference));
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Pa55-word")]
    [InlineData("file:")]
    [InlineData("file:/a#")]
    [InlineData("secret:only-a-name")]
    [InlineData("secret:a//b")]
    [InlineData("secret:a/b/c/d")]
    public void Parse_WhatIsNoReference_IsRefused(string? text) => Assert.False(SecretReference.TryParse(text, out _));
}
