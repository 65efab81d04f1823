"""What lies around the process: settings' files, disk, network, scanner, calendar folder."""
