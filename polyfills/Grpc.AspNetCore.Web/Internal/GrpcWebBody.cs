using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>Stands before the request's and response's bodies for the time of one call, and collects its trailers.</summary>
internal sealed class GrpcWebBody : IHttpResponseBodyFeature, IHttpResponseTrailersFeature, IRequestBodyPipeFeature, IDisposable
{
    private const byte TrailersFlag = 0x80;
    private const int FrameHeaderLength = 5;

    private readonly IFeatureCollection features;
    private readonly IHttpResponseBodyFeature response;
    private readonly IHttpResponseTrailersFeature? responseTrailers;
    private readonly IRequestBodyPipeFeature? request;
    private bool trailersWritten;

    public GrpcWebBody(IFeatureCollection features, GrpcWebContentType type)
    {
        this.features = features;
        response = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        responseTrailers = features.Get<IHttpResponseTrailersFeature>();
        request = features.GetRequiredFeature<IRequestBodyPipeFeature>();
        Reader = type.IsText ? PipeReader.Create(new Base64DecodingStream(request.Reader)) : request.Reader;
        Writer = type.IsAnsweredInText ? new Base64EncodingPipeWriter(response.Writer) : response.Writer;
        Stream = type.IsAnsweredInText ? Writer.AsStream(leaveOpen: true) : response.Stream;
        Trailers = new HeaderDictionary();
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpResponseTrailersFeature>(this);
        features.Set<IRequestBodyPipeFeature>(this);
    }

    public IHeaderDictionary Trailers { get; set; }

    public PipeReader Reader { get; }

    public PipeWriter Writer { get; }

    public Stream Stream { get; }

    /// <summary>Writes the last frame, once; nothing where the answer was headers only.</summary>
    public async Task WriteTrailersAsync()
    {
        if (trailersWritten || Trailers.Count == 0)
            return;

        trailersWritten = true;
        WriteTrailersFrame();
        await Writer.FlushAsync();
    }

    public async Task CompleteAsync()
    {
        await WriteTrailersAsync();
        await response.CompleteAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => response.StartAsync(cancellationToken);

    public void DisableBuffering() => response.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A gRPC-Web response is made of frames: a file cannot be sent as one");

    public void Dispose()
    {
        features.Set(response);
        features.Set(responseTrailers);
        features.Set(request);
    }

    private void WriteTrailersFrame()
    {
        var text = new StringBuilder();
        foreach (var (name, values) in Trailers)
            foreach (var value in values)
                text.Append(name.ToLowerInvariant()).Append(": ").Append(value).Append("\r\n");

        var length = Encoding.ASCII.GetByteCount(text.ToString());
        var frame = Writer.GetSpan(FrameHeaderLength + length);
        frame[0] = TrailersFlag;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
        Encoding.ASCII.GetBytes(text.ToString(), frame[FrameHeaderLength..]);
        Writer.Advance(FrameHeaderLength + length);
    }
}
