namespace Orleans.Configuration;

/// <summary>Options of a silo.</summary>
public class SiloOptions
{
    /// <summary>The silo's name. Default: made up.</summary>
    public string SiloName { get; set; } = "";
}
