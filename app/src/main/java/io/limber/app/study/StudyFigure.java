package io.limber.app.study;

import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable;

/**
 * A figure of a report.
 *
 * @param spec how it is drawn; its caption says units, n and seeds
 * @param table what is drawn
 */
public record StudyFigure(FigureSpec spec, FigureTable table) {}
