using System.IO.Compression;
using B24Otmechalka.Core.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Http;

public sealed class AttemptHandlerTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task SendAsync_BodyIsNotCompressedAsItsHeadSays_IsUnavailable(string encoding)
    {
        using var handler = new AttemptHandler("Bitrix24", TimeSpan.FromMinutes(1), TimeProvider.System) { InnerHandler = new Decompressing(encoding) };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.bitrix24.ru/rest/1/token/");

        var error = await Assert.ThrowsAsync<UnavailableException>(() => invoker.SendAsync(request, CancellationToken.None));

        Assert.Equal((UnavailableException.Connection, true, true), (error.Code, error.IsTransient, error.IsUnclear));
    }

    /// <summary>What the socket's handler makes of a page that a proxy sends under another answer's head.</summary>
    private sealed class Decompressing(string encoding) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var page = new MemoryStream("<html><title>502 Bad Gateway</title></html>"u8.ToArray());
            Stream body = encoding switch
            {
                "gzip" => new GZipStream(page, CompressionMode.Decompress),
                "br" => new BrotliStream(page, CompressionMode.Decompress),
                _ => new ZLibStream(page, CompressionMode.Decompress),
            };
            return Task.FromResult(new HttpResponseMessage { Content = new StreamContent(body) });
        }
    }
}
