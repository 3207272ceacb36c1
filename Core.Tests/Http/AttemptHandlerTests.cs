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
        using var handler = new AttemptHandler("Bitrix24", TimeSpan.FromMinutes(1), TimeProvider.System, AnswerLimits.Bitrix24)
        {
            InnerHandler = new Decompressing(encoding),
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.bitrix24.ru/rest/1/token/");

        var error = await Assert.ThrowsAsync<UnavailableException>(() => invoker.SendAsync(request, CancellationToken.None));

        Assert.Equal((UnavailableException.Connection, true, true), (error.Code, error.IsTransient, error.IsUnclear));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(999, true)]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(50_000, false)]
    public async Task SendAsync_Body_IsReadUpToItsLimit(int length, bool isTaken)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 20))).ToArray();
        // As bytes whose number is told, in pieces whose number is not, and compressed.
        foreach (
            var content in new HttpContent[]
            {
                new ByteArrayContent(bytes),
                new StreamContent(new Pieces(bytes)),
                new StreamContent(Unzip(bytes)),
            }
        )
        {
            var sending = SendAsync(content, mostBytes: 1000);
            if (isTaken)
            {
                using var response = await sending;
                Assert.Equal(bytes, AnswerContent.BodyOf(response).ToArray());
                Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
                continue;
            }

            var error = await Assert.ThrowsAsync<UnavailableException>(() => sending);
            Assert.Equal((UnavailableException.TooLarge, false, true), (error.Code, error.IsTransient, error.IsUnclear));
        }
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData(32 * 1024 * 1024)]
    public async Task SendAsync_BodyWithoutEnd_IsNotReadMuchFurtherThanItsLimit(int mostBytes)
    {
        var endless = new Pieces(null);

        await Assert.ThrowsAsync<UnavailableException>(() => SendAsync(new StreamContent(endless), mostBytes));

        Assert.InRange(endless.Given, mostBytes, mostBytes + 1);
        Assert.True(endless.IsDisposed);
    }

    [Fact]
    public async Task SendAsync_LengthIsToldAndTooLarge_ReadsNothing()
    {
        var endless = new Pieces(null);
        var content = new StreamContent(endless) { Headers = { ContentLength = 1001 } };

        await Assert.ThrowsAsync<UnavailableException>(() => SendAsync(content, mostBytes: 1000));

        Assert.Equal(0, endless.Given);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task SendAsync_LengthIsToldAndWrong_TakesWhatCame(long told)
    {
        using var response = await SendAsync(
            new StreamContent(new Pieces("{\"id\":7001}"u8.ToArray())) { Headers = { ContentLength = told } },
            mostBytes: 10_000
        );

        Assert.Equal("{\"id\":7001}", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("\ufeff{}", "{}")]
    [InlineData("\ufeff\ufeff{}", "{}")]
    [InlineData("\ufeff", "")]
    [InlineData("{}\ufeff", "{}\ufeff")]
    public async Task SendAsync_ByteOrderMarkBeforeTheBody_IsSkipped(string body, string expected)
    {
        using var response = await SendAsync(new StreamContent(new Pieces(System.Text.Encoding.UTF8.GetBytes(body))), mostBytes: 1000);

        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(expected), AnswerContent.BodyOf(response).ToArray());
        using var reader = new BinaryReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(expected), reader.ReadBytes(100));
    }

    private static GZipStream Unzip(byte[] bytes)
    {
        var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        zipped.Position = 0;
        return new GZipStream(zipped, CompressionMode.Decompress);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpContent content, int mostBytes)
    {
        using var handler = new AttemptHandler("otmechalka", TimeSpan.FromMinutes(1), TimeProvider.System, mostBytes)
        {
            InnerHandler = new Answering(content),
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://otmechalka.example.com/api/clients/1/");
        return await invoker.SendAsync(request, CancellationToken.None);
    }

    private sealed class Answering(HttpContent content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = content });
    }

    /// <summary>Gives bytes in pieces, as a network does; without end when there are none to give. Counts them.</summary>
    private sealed class Pieces(byte[]? bytes) : Stream
    {
        public long Given { get; private set; }

        public bool IsDisposed { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Given;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var most = Math.Min(count, bytes is null ? 65_536 : Math.Min(7, bytes.Length - (int)Given));
            bytes?.AsSpan((int)Given, most).CopyTo(buffer.AsSpan(offset));
            Given += most;
            return most;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
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
