package org.tollkeeper.book;

/// A part of the book and where it stands.
record Placed<T>(T part, Place place) {}
