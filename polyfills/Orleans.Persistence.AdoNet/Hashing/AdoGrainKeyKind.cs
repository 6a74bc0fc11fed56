namespace Orleans.Storage;

/// <summary>As what a key is stored.</summary>
internal enum AdoGrainKeyKind
{
    /// <summary>A text that reads as no number.</summary>
    Text,

    /// <summary>Up to 16 hexadecimal digits.</summary>
    Integer,

    /// <summary>32 hexadecimal digits.</summary>
    Guid,
}
