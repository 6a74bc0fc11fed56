using System.Text;
using Orleans.Storage;

namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

/// <summary>Writes only the text of <see cref="NotesState"/>, after a mark.</summary>
internal sealed class MarkedSerializer : IGrainStorageSerializer
{
    private const string Mark = "v1:";

    public string? LastRead { get; private set; }

    public BinaryData Serialize<T>(T? input) => new(Encoding.UTF8.GetBytes(Mark + ((NotesState)(object)input!).Text));

    public T Deserialize<T>(BinaryData input)
    {
        LastRead = input.ToString();
        return (T)(object)new NotesState { Text = LastRead[Mark.Length..] };
    }
}
